// Package archtest has tests of the module as a whole: that packages import only
// what docs/architecture.md allows, that NOTICE and docs/dependencies.md list what
// is linked and used, that no phrase which docs/glossary.md bans is used, and that
// no struct has a context. It has no other code.
package archtest
