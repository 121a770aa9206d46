namespace Kohaku.Files;
