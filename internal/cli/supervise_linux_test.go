package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/memlimit"
)

// helper is the variable by which this test binary is a supervised program.
const helper = "XUNWEN_TEST_SUPERVISED"

func TestMain(m *testing.M) {
	if os.Getenv(helper) == "" {
		os.Exit(m.Run())
	}
	p := Program{Name: "helper", Run: runHelper, SaveMemory: "do less"}
	if code, done := supervise(p, memlimit.Limit{Name: "ulimit -v", Bytes: 500e6, Usable: 1}); done {
		os.Exit(code)
	}
	os.Exit(Main(p))
}

// runHelper does what its argument says.
func runHelper(ctx context.Context, args []string, _ io.Reader, stdout, stderr io.Writer) error {
	fmt.Fprintln(stdout, os.Getpid())
	switch args[0] {
	case "fail":
		return errors.New("the disk is full")
	case "misuse":
		return Usagef("no such flag")
	case "panic":
		panic("a bug")
	case "no memory": // as the runtime says it; a limit that is too small for the race detector can't be set
		syscall.Write(2, []byte("runtime: out of memory: cannot allocate 4194304-byte block\n"+
			"fatal error: out of memory\n\ngoroutine 1 [running]:\n"))
		os.Exit(2)
	case "killed":
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case "wait":
		<-ctx.Done()
		fmt.Fprintln(stderr, "stopping")
		return nil
	case "hang up":
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGHUP)
		fmt.Fprintln(stdout, "ready")
		<-c
	}
	return nil
}

// supervised returns this binary as a supervised program.
func supervised(t *testing.T, does string) (cmd *exec.Cmd, said *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	cmd, said = exec.CommandContext(ctx, os.Args[0], does), new(bytes.Buffer)
	cmd.Env = append(os.Environ(), helper+"=yes")
	cmd.Stderr = said
	return cmd, said
}

// TestSupervisedProgram checks exit codes and messages. Those of a program that ended by itself
// are its own.
func TestSupervisedProgram(t *testing.T) {
	for _, c := range []struct {
		does      string
		code      int
		want, not string // in what it says
	}{
		{"nothing", ExitDone, "", "helper"},
		{"fail", ExitFailed, "helper: the disk is full\n", "memory"},
		{"misuse", ExitUsage, "helper: no such flag\n", "memory"},
		{"panic", 2, "goroutine 1 ", "memory"},
		{"no memory", ExitFailed, "helper: out of memory: this process may use 500MB (ulimit -v): allow it more, or do less\n",
			"goroutine"},
		{"killed", ExitFailed, "helper: killed: by a user or a program, or by the kernel", "out of memory"},
	} {
		t.Run(c.does, func(t *testing.T) {
			cmd, said := supervised(t, c.does)
			err := cmd.Run()
			if code := cmd.ProcessState.ExitCode(); code != c.code {
				t.Errorf("exit %d, want %d (%v)", code, c.code, err)
			}
			if !strings.Contains(said.String(), c.want) || strings.Contains(said.String(), c.not) {
				t.Errorf("it says %q, want %q and nothing about %q", said, c.want, c.not)
			}
		})
	}
}

// TestSupervisedProgramFailsAsJSON checks that a program which is asked for JSON says in JSON why it died.
func TestSupervisedProgramFailsAsJSON(t *testing.T) {
	cmd, _ := supervised(t, "no memory")
	cmd.Args = append(cmd.Args, "--json")
	out, err := cmd.Output()
	if want := `{"error":"out of memory: this process may use 500MB (ulimit -v): allow it more, or do less"}` + "\n"; err == nil ||
		!strings.HasSuffix(string(out), want) {
		t.Errorf("%v: %s: want %s", err, out, want)
	}
}

// TestSupervisedProgramStops checks that one signal stops a program as it does without a
// supervisor, even if it is sent to both processes, as terminals and systemd do.
func TestSupervisedProgramStops(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		cmd, said := supervised(t, "wait")
		child := started(t, cmd, 1)
		syscall.Kill(child, s)
		syscall.Kill(cmd.Process.Pid, s)
		if err := cmd.Wait(); err != nil || said.String() != "stopping\n" {
			t.Errorf("after %v: %v: %s", s, err, said)
		}
	}
	cmd, said := supervised(t, "hang up")
	started(t, cmd, 2)
	syscall.Kill(cmd.Process.Pid, syscall.SIGHUP)
	if err := cmd.Wait(); err != nil {
		t.Errorf("after a hang-up: %v: %s", err, said)
	}
}

// TestSupervisedProgramDiesWithItsParent kills the parent: the child must not go on unseen.
func TestSupervisedProgramDiesWithItsParent(t *testing.T) {
	cmd, _ := supervised(t, "wait")
	child := started(t, cmd, 1)
	handle, err := unix.PidfdOpen(child, 0)
	if err != nil {
		t.Skip(err)
	}
	defer unix.Close(handle)
	cmd.Process.Kill()
	cmd.Wait()
	waiting := []unix.PollFd{{Fd: int32(handle), Events: unix.POLLIN}}
	for {
		n, err := unix.Poll(waiting, 60_000)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if n != 1 {
			t.Errorf("the child runs on (%v)", err)
		}
		return
	}
}

// started starts a program, waits for some lines of its output and returns the process id in the first.
func started(t *testing.T, cmd *exec.Cmd, lines int) (child int) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(out)
	first, err := r.ReadString('\n')
	for ; lines > 1 && err == nil; lines-- {
		_, err = r.ReadString('\n')
	}
	if err != nil {
		t.Fatal(err)
	}
	child, err = strconv.Atoi(strings.TrimSpace(first))
	if err != nil || child == cmd.Process.Pid {
		t.Fatalf("process %d runs in %d (%v)", child, cmd.Process.Pid, err)
	}
	return child
}
