package memlimit

import (
	"os"
	"path/filepath"
	"testing"
)

func TestKills(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"system.slice/a.service/memory.events":   "low 0\noom 3\noom_kill 2\noom_group_kill 0\n",
		"memory/docker/abc/memory.oom_control":   "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n",
		"memory/memory.oom_control":              "oom_kill_disable 0\nunder_oom 0\noom_kill 7\n",
		"system.slice/old.service/memory.events": "low 0\noom 3\n",
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for list, want := range map[string]int{
		"0::/system.slice/a.service\n":     2,
		"4:cpu,memory:/docker/abc\n0::/\n": 5,
		"4:memory:/another/namespace\n":    7,
		"0::/system.slice/old.service\n":   -1,
		"":                                 -1,
		"2:cpu:/docker/abc\nnothing\n0::/system.slice/missing\n": -1,
	} {
		n, ok := kills(list, root)
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q: %d, want %d", list, n, want)
		}
	}
}
