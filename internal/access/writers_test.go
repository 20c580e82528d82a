package access

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKeysThatOthersCanWrite checks that a file of keys is refused if others could add a
// key to it, by writing to it or by replacing it.
func TestKeysThatOthersCanWrite(t *testing.T) {
	for _, tc := range []struct {
		name         string
		file, folder os.FileMode
		says         string // "" if the file is accepted
	}{
		{"private", 0o600, 0o755, ""},
		{"readable", 0o644, 0o755, ""},
		{"writable", 0o666, 0o755, "(mode 0666) and add a key of their own: run chmod go-w "},
		{"writable but not readable", 0o602, 0o755, "mode 0602"},
		{"in a folder that others write", 0o600, 0o777, "(mode 0777) and replace what is in it: "},
		{"in a sticky folder", 0o600, 0o777 | os.ModeSticky, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "folder")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(folder, "keys")
			_, line := made(t, "desk", "")
			write(t, name, line)
			link := filepath.Join(t.TempDir(), "link")
			for _, err := range []error{
				os.Chmod(name, tc.file), os.Chmod(folder, tc.folder), os.Symlink(name, link),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range []string{name, link} {
				_, err := OpenKeys(name, slog.New(slog.DiscardHandler))
				switch {
				case tc.says == "" && err != nil:
					t.Errorf("%s: %v", name, err)
				case tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)):
					t.Errorf("%s: %v does not say %q", name, err, tc.says)
				}
			}
		})
	}
}

// TestWayToTheKeys checks every folder on the way to a file of keys, also those that links
// lead to.
func TestWayToTheKeys(t *testing.T) {
	_, line := made(t, "desk", "")
	for _, tc := range []struct {
		name  string
		modes map[string]os.FileMode // of folders
		says  string                 // "" if the file is accepted
	}{
		{"all closed", nil, ""},
		{"grandparent", map[string]os.FileMode{"a": 0o777}, "/a (mode 0777)"},
		{"grandparent of a group", map[string]os.FileMode{"a": 0o757}, "/a (mode 0757)"},
		{"sticky grandparent", map[string]os.FileMode{"a": 0o777 | os.ModeSticky}, ""},
		{"folder of a link on the way", map[string]os.FileMode{"links": 0o777}, "/links (mode 0777)"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			top := t.TempDir()
			name := filepath.Join(top, "a", "b", "keys")
			for _, folder := range []string{filepath.Dir(name), filepath.Join(top, "links"), filepath.Join(top, "c")} {
				if err := os.MkdirAll(folder, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			write(t, name, line)
			// c/keys → links/b → a/b/keys
			for link, target := range map[string]string{
				"links/b": "../a/b", "c/keys": filepath.Join(top, "links/b/keys"),
			} {
				if err := os.Symlink(target, filepath.Join(top, link)); err != nil {
					t.Fatal(err)
				}
			}
			for folder, mode := range tc.modes {
				if err := os.Chmod(filepath.Join(top, folder), mode); err != nil {
					t.Fatal(err)
				}
			}
			_, err := OpenKeys(filepath.Join(top, "c", "keys"), slog.New(slog.DiscardHandler))
			switch {
			case tc.says == "" && err != nil:
				t.Error(err)
			case tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("%v does not say %q", err, tc.says)
			}
		})
	}
}

// TestGroupOfTheKeys checks that a group may write to the file only if it is the owner's
// own, and that the owner is root or the user of the process.
func TestGroupOfTheKeys(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to others")
	}
	for _, tc := range []struct {
		uid, gid int
		accepted bool
	}{{0, 0, true}, {1234, 1234, false}, {0, 1234, false}, {1234, 0, false}} {
		name := filepath.Join(t.TempDir(), "keys")
		_, line := made(t, "desk", "")
		write(t, name, line)
		if err := os.Chown(name, tc.uid, tc.gid); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, 0o660); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenKeys(name, slog.New(slog.DiscardHandler)); (err == nil) != tc.accepted {
			t.Errorf("of %d:%d: %v", tc.uid, tc.gid, err)
		}
	}
}

// TestReloadOfAWritableFile checks that the keys that were read last stay valid when the
// file becomes writable for others.
func TestReloadOfAWritableFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "keys")
	secret, line := made(t, "desk", "")
	write(t, name, line)
	var log notes
	keys, err := OpenKeys(name, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	intruder, intruderLine := made(t, "intruder", "")
	write(t, name, line, intruderLine)
	if err := os.Chmod(name, 0o666); err != nil {
		t.Fatal(err)
	}
	sessions := NewSessions(keys, time.Now)
	for range 3 {
		keys.refresh()
	}
	if _, ok := sessions.Find(secret); !ok {
		t.Error("the key that was valid is not")
	}
	if _, ok := sessions.Find(intruder); ok {
		t.Error("a key from a file that others can write is valid")
	}
	if n := strings.Count(log.String(), "others can write to it"); n != 1 {
		t.Errorf("it is logged %d times: %s", n, log.String())
	}
}

// TestKeysOfAPipe checks that keys are not awaited from a pipe.
func TestKeysOfAPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "keys")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := OpenKeys(name, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "a pipe") {
		t.Errorf("%v does not say that it is a pipe", err)
	}
}

// TestOwnerOfAFolder checks that a folder of another user on the way to the keys is refused,
// also a sticky one and one in a sticky one.
func TestOwnerOfAFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to others")
	}
	_, line := made(t, "desk", "")
	for _, of := range []string{"a", "a/b"} {
		top := t.TempDir()
		name := filepath.Join(top, "a", "b", "keys")
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, line)
		for _, err := range []error{
			os.Chmod(filepath.Join(top, "a"), 0o777|os.ModeSticky), os.Chown(filepath.Join(top, of), 1234, 1234),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		_, err := OpenKeys(name, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), "/"+of+" belongs to another user") {
			t.Errorf("%s of another user: %v", of, err)
		}
	}
}
