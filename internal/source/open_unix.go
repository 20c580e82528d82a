//go:build unix

package source

import "syscall"

// onlyFiles are flags of open(2) for what people put into a folder: a symbolic link is refused,
// and a pipe or a device doesn't make it wait.
const onlyFiles = syscall.O_NOFOLLOW | syscall.O_NONBLOCK
