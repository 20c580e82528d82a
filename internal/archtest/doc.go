// Package archtest holds tests of the module as a whole: that packages import
// what docs/architecture.md allows them, and that NOTICE and
// docs/dependencies.md name what is linked and used. It has no other code.
package archtest
