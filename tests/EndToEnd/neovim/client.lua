-- A person at Neovim (0.7 or later), headless: sees findings, completes, fixes, asks, renames, formats, saves.
-- KOHAKU_LSP=/path/to/kohaku nvim --headless -u NONE -i NONE -n -c 'luafile client.lua' a.prompt
-- Prints one JSON value a line: what was seen. Ends with 0, or with 1 and what was wrong.
local program = assert(os.getenv('KOHAKU_LSP'), 'KOHAKU_LSP names no program')
local patience = 20000
local buffer = vim.api.nvim_get_current_buf()

local function say(what, value) io.stdout:write(vim.json.encode({ [what] = value }), '\n') io.stdout:flush() end
local function wait(what, test) assert(vim.wait(patience, test, 10), what) end
local function line(number) return vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1] end
local function keys(typed) return vim.api.nvim_replace_termcodes(typed, true, false, true) end

local function codes()
  local found = vim.tbl_map(function(d) return d.code or d.user_data.lsp.code end, vim.diagnostic.get(buffer))
  table.sort(found)
  return found
end

-- Types at the end of a line until the popup stands, and takes its first entry.
local function complete(number, typed)
  vim.api.nvim_win_set_cursor(0, { number, 0 })
  local offered
  local timer = vim.loop.new_timer()
  timer:start(20, 20, vim.schedule_wrap(function()
    if offered or vim.fn.pumvisible() == 0 then return end
    offered = vim.tbl_map(function(item) return item.abbr ~= '' and item.abbr or item.word end, vim.fn.complete_info({ 'items' }).items)
    vim.api.nvim_input('<C-n><C-y><Esc>')
  end))
  vim.defer_fn(function() if not offered then vim.api.nvim_input('<Esc>') end end, patience)
  vim.api.nvim_feedkeys(keys('A' .. typed .. '<C-x><C-o>'), 'ntx!', false)
  timer:stop()
  say('offered', offered and offered[1] or vim.NIL)
  say('completed', line(number))
end

local function run()
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  vim.o.completeopt = 'menuone,noinsert,noselect'
  vim.opt.shortmess:append('c')
  local id = assert(vim.lsp.start_client({ name = 'kohaku', cmd = { program, 'lsp' }, root_dir = vim.fn.getcwd() }), 'the client did not start')
  vim.lsp.buf_attach_client(buffer, id)
  local client = vim.lsp.get_client_by_id(id)
  local modern = vim.fn.has('nvim-0.11') == 1
  local function ask(method, params)
    local answer = vim.lsp.buf_request_sync(buffer, method, params, patience)
    assert(answer and answer[id] and not answer[id].err and not answer[id].error, method .. ': ' .. vim.inspect(answer))
    return answer[id].result
  end
  local function at(row, column) return { textDocument = vim.lsp.util.make_text_document_params(buffer), position = { line = row - 1, character = column } } end
  local function settled(expected) wait('findings: ' .. vim.inspect(codes()) .. ', expected ' .. vim.inspect(expected), function() return vim.deep_equal(codes(), expected) end) end

  wait('no answer to initialize', function() return client.initialized end)

  wait('no findings', function() return #vim.diagnostic.get(buffer) > 0 end)
  say('findings', codes())

  -- The fix of the first finding, as the menu offers it.
  local finding = vim.diagnostic.get(buffer)[1]
  vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
  vim.ui.select = function(items, options, choose)
    say('action', options.format_item(items[1]))
    choose(items[1], 1)
  end
  local before = line(finding.lnum + 1)
  vim.lsp.buf.code_action()
  wait('the fix changed nothing', function() return line(finding.lnum + 1) ~= before end)
  say('fixed', line(1))
  settled({})

  complete(1, ', hatsu')
  -- Before 0.11 its own completion keeps only what begins with the word under the cursor.
  complete(1, ', (twint')
  vim.api.nvim_feedkeys(keys('A)<Esc>'), 'ntx', false)

  say('hover', ask('textDocument/hover', at(3, 1)).contents.value)

  vim.api.nvim_win_set_cursor(0, { 3, 1 })
  vim.lsp.buf.rename('2girls')
  wait('nothing was renamed', function() return line(3):find('2girls', 1, true) ~= nil end)
  say('renamed', line(3))

  before = line(5)
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = patience }) else vim.lsp.buf.formatting_sync(nil, patience) end
  assert(line(5) ~= before, 'nothing was formatted')
  say('formatted', line(5))

  vim.cmd('silent write')
  if modern then client:stop() else client.stop() end
  wait('the server did not stop', function() if modern then return client:is_stopped() end return client.is_stopped() end)
  say('stopped', true)
end

local ok, failure = xpcall(run, debug.traceback)
if not ok then
  say('failed', failure)
  vim.cmd('cquit! 1')
end
vim.cmd('qall!')
