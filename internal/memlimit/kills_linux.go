package memlimit

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Kills returns how many processes of this process's cgroup the kernel has killed for lack of
// memory; ok is false if the system doesn't say.
func Kills() (n int, ok bool) {
	cgroups, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return 0, false
	}
	return kills(string(cgroups), "/sys/fs/cgroup")
}

// kills reads the count of the cgroups in a list as /proc/self/cgroup has it.
func kills(list, root string) (n int, ok bool) {
	for line := range strings.Lines(list) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3) // number, controllers, path
		if len(parts) < 3 {
			continue
		}
		switch controllers := strings.Split(parts[1], ","); {
		case parts[1] == "": // version 2
			n, ok = killsIn(root, parts[2], "memory.events")
		case slices.Contains(controllers, "memory"):
			n, ok = killsIn(filepath.Join(root, "memory"), parts[2], "memory.oom_control")
		}
		if ok {
			return n, true
		}
	}
	return 0, false
}

// killsIn reads the count of a cgroup. In a container, its path may be that outside of it.
func killsIn(root, path, file string) (n int, ok bool) {
	for _, folder := range []string{filepath.Join(root, path), root} {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			if value, found := strings.CutPrefix(strings.TrimSpace(line), "oom_kill "); found {
				n, err = strconv.Atoi(value)
				return n, err == nil
			}
		}
	}
	return 0, false
}
