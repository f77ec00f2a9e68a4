-- SPDX-FileCopyrightText: The xmlrpc-glib authors
-- SPDX-License-Identifier: LGPL-2.1-or-later

require 'xmlrpc.http'

local uri = arg[1]

-- It does not escape text.
local text = 'zo\195\171 &lt;&amp;> \226\152\131 \240\159\152\128'

local function call (name, ...)
  local ok, result = xmlrpc.http.call (uri, name, ...)

  assert (ok, result)
  return result
end

-- A value, the result of echo, and what kind it was on the other side.
local function both (value)
  return call ('echo', value), call ('type', value)
end

local function tell (...)
  local words = {...}

  for i, word in ipairs (words) do
    words[i] = tostring (word)
  end
  print (table.concat (words, ' '))
end

tell ('add', call ('add', 2, 3))
tell ('int', both (-5))
tell ('double', both (-1.5))
tell ('boolean', both (true))
tell ('string', both (text))
local array = xmlrpc.newTypedValue ({1, 'two', 2.5}, xmlrpc.newArray ())
local result, type = both (array)
tell ('array', result[1], result[2], result[3], type)
result, type = both ({name = 'zoo', number = 7})
tell ('struct', result.name, result.number, type)
tell ('long', #call ('echo', ('x'):rep (100000)))
local ok, message, code = xmlrpc.http.call (uri, 'fail', 4, text)
tell ('fault', code, message)
