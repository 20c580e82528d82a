// Package mcp answers agents by the Model Context Protocol: tools that search the archive,
// read articles and collect passages, over HTTP and over a pair of streams.
//
// Arguments are checked and errors explained as those of the JSON API are, by packages param
// and problem. It must not import the packages that answer programs and readers (server/api,
// server/page). Read server.go first; each tool is a file.
package mcp
