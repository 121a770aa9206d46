// A disk that fails, for one program: preloaded, it refuses or ends what changes files below one folder.
//   FAULT_FOLDER   the folder; all else is left alone
//   FAULT_BYTES    so many bytes may still be written there; what goes beyond fails with FAULT_ERRNO
//   FAULT_ERRNO    ENOSPC and its kin; without FAULT_BYTES every change fails with it
//   FAULT_KILL     the process is killed before its n-th change (from 1)
//   FAULT_ONCE     a file that a kill takes away first: where it is gone, nobody is killed any more
//   FAULT_COUNT    a file that is told the number of changes, when the process ends by itself
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static const char *count_file;
static size_t folder_length;
static long long bytes_left = -1;
static int refusal;
static long kill_at;
static long steps;

__attribute__((constructor)) static void begin(void)
{
    const char *value;
    folder = getenv("FAULT_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
    if ((value = getenv("FAULT_BYTES"))) bytes_left = atoll(value);
    if ((value = getenv("FAULT_ERRNO"))) refusal = atoi(value);
    if ((value = getenv("FAULT_KILL"))) kill_at = atol(value);
    count_file = getenv("FAULT_COUNT");
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((destructor)) static void end(void)
{
    if (!count_file) return;
    int file = REAL(open)(count_file, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    if (file >= 0) { dprintf(file, "%ld\n", steps); close(file); }
}

static int below(const char *path)
{
    return folder_length && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static int is_ours(int directory, const char *path)
{
    char absolute[PATH_MAX * 2];
    if (!folder_length || !path) return 0;
    if (path[0] == '/') return below(path);
    if (directory == AT_FDCWD) {
        if (!getcwd(absolute, PATH_MAX)) return 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
        ssize_t length = readlink(link, absolute, PATH_MAX);
        if (length < 0) return 0;
        absolute[length] = 0;
    }
    size_t length = strlen(absolute);
    snprintf(absolute + length, sizeof absolute - length, "/%s", path);
    return below(absolute);
}

static int is_our_file(int file)
{
    char link[64], path[PATH_MAX + 1];
    if (!folder_length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

// A change of the disk: the moment for a kill. Nonzero where it is refused.
static int step(int ours)
{
    if (!ours) return 0;
    pthread_mutex_lock(&gate);
    long now = ++steps;
    pthread_mutex_unlock(&gate);
    const char *once = getenv("FAULT_ONCE");
    if (kill_at && now == kill_at && (!once || !REAL(unlink)(once))) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    if (refusal && bytes_left < 0) { errno = refusal; return 1; }
    return 0;
}

// How much of a write there is room for; -1 where nothing is.
static ssize_t room(size_t wanted)
{
    if (!refusal || bytes_left < 0 || !wanted) return (ssize_t)wanted;
    pthread_mutex_lock(&gate);
    size_t given = (long long)wanted < bytes_left ? wanted : (size_t)bytes_left;
    bytes_left -= (long long)given;
    pthread_mutex_unlock(&gate);
    if (given) return (ssize_t)given;
    errno = refusal;
    return -1;
}

static int changes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        if (step(changes(flags) && is_ours(AT_FDCWD, path))) return -1; \
        return REAL(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int directory, const char *path, int flags, ...) \
    { \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        if (step(changes(flags) && is_ours(directory, path))) return -1; \
        return REAL(name)(directory, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int file, const void *data, size_t length)
{
    if (!is_our_file(file)) return REAL(write)(file, data, length);
    if (step(1)) return -1;
    ssize_t given = room(length);
    return given < 0 ? -1 : REAL(write)(file, data, (size_t)given);
}

#define PWRITE(name, offset_type) \
    ssize_t name(int file, const void *data, size_t length, offset_type at) \
    { \
        if (!is_our_file(file)) return REAL(name)(file, data, length, at); \
        if (step(1)) return -1; \
        ssize_t given = room(length); \
        return given < 0 ? -1 : REAL(name)(file, data, (size_t)given, at); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define PWRITEV(name, offset_type) \
    ssize_t name(int file, const struct iovec *parts, int count, offset_type at) \
    { \
        if (!is_our_file(file)) return REAL(name)(file, parts, count, at); \
        return pwrite64(file, parts[0].iov_base, parts[0].iov_len, at); \
    }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

#define ON_FILE(name, arguments, values) \
    int name arguments { if (step(is_our_file(file))) return -1; return REAL(name) values; }
ON_FILE(fsync, (int file), (file))
ON_FILE(fdatasync, (int file), (file))
ON_FILE(ftruncate, (int file, off_t length), (file, length))
ON_FILE(ftruncate64, (int file, off64_t length), (file, length))
ON_FILE(fchmod, (int file, mode_t mode), (file, mode))

#define ON_PATH(name, arguments, values) \
    int name arguments { if (step(is_ours(AT_FDCWD, path))) return -1; return REAL(name) values; }
ON_PATH(unlink, (const char *path), (path))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(rmdir, (const char *path), (path))
ON_PATH(rename, (const char *path, const char *name), (path, name))
ON_PATH(renameat2, (int folder_of_path, const char *path, int folder_of_name, const char *name, unsigned flags), (folder_of_path, path, folder_of_name, name, flags))
ON_PATH(link, (const char *path, const char *name), (path, name))
ON_PATH(utimensat, (int directory, const char *path, const struct timespec times[2], int flags), (directory, path, times, flags))
