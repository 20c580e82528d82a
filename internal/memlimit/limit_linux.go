package memlimit

import (
	"math"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"golang.org/x/sys/unix"
)

// What each limit counts of a Go process besides its data: measured with `indexer --version`, which needs 1.2 GB
// of address space and 150 MB of data. Most is reserved and never used.
const (
	addressOverhead = 1200 << 20
	dataOverhead    = 150 << 20
	cgroupOverhead  = 30 << 20 // the process that supervises
)

// all returns the limits that bound this process.
func all() []Limit {
	var limits []Limit
	for _, l := range []struct {
		resource int
		name     string
		overhead int64
	}{{unix.RLIMIT_AS, "ulimit -v", addressOverhead}, {unix.RLIMIT_DATA, "ulimit -d", dataOverhead}} {
		var r unix.Rlimit
		if err := unix.Getrlimit(l.resource, &r); err == nil && r.Cur < math.MaxInt64 {
			limits = append(limits, Limit{l.name, int64(r.Cur), int64(r.Cur) - l.overhead})
		}
	}
	if bytes, ok := cgroup(); ok {
		limits = append(limits, Limit{"memory limit of the cgroup", bytes, bytes - cgroupOverhead})
	}
	return limits
}

// cgroup returns the limit of the process's cgroup. One of as much as the machine has bounds nothing.
func cgroup() (int64, bool) {
	limit, err := memlimit.FromCgroup()
	if err != nil || limit > math.MaxInt64 {
		return 0, false // there is none, or it can't be read
	}
	var machine unix.Sysinfo_t
	if err := unix.Sysinfo(&machine); err != nil || limit >= machine.Totalram*uint64(machine.Unit) {
		return 0, false
	}
	return int64(limit), true
}
