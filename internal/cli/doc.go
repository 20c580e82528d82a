// Package cli has what both commands share: flags that environment variables can
// set, the log format, errors as JSON, the version, and exit codes.
//
// Start with exit.go. It may import cobra and pflag, and of this module only memlimit,
// position and terminal. supervise.go has what happens where memory is limited.
package cli
