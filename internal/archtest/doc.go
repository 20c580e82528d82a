// Package archtest has tests of the module as a whole: that packages import only
// what docs/architecture.md allows, and that NOTICE and docs/dependencies.md list
// what is linked and used. It has no other code.
package archtest
