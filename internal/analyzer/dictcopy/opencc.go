//go:build tools

package main

// The import keeps OpenCC's tables in go.mod. It is never built: the module's
// code needs a package under the GPL, and of the module only a table is used.
import _ "github.com/longbridgeapp/opencc"
