// Package cli holds what the commands share with each other: flags that the
// environment may set, the log that flags choose, the version, and exit codes.
//
// It imports nothing of this module.
package cli
