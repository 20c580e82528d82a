// Package archtest holds tests of the module as a whole, and no other code:
//
//	imports_test.go        packages import what docs/architecture.md allows them
//	levels_test.go         the picture of their levels is right
//	modules_named_test.go  NOTICE and docs/dependencies.md name what is linked and used
//	documents_test.go      documents name files, tests and messages that exist
//	language_test.go       no banned phrases, no contexts in structs
//	lines_test.go          the length of lines
package archtest
