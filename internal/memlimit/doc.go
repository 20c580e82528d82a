// Package memlimit tells how much memory the system lets this process use: the limits of the
// process (ulimit) and of its cgroup, as containers and systemd units set them;
// and how many processes of the cgroup the kernel has killed.
//
// Start with limit.go. It imports nothing of this module.
package memlimit
