package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/memlimit"
)

// supervisor is the variable with the process id of the parent, in the environment of the child.
const supervisor = "XUNWEN_SUPERVISOR"

// crashFile is the child's handle of what the parent reads.
const crashFile = 3

// stopSignal is how the parent passes SIGINT and SIGTERM on. The child ignores those themselves: a terminal, and
// systemd by default, send them to all processes, and a second one would kill the child.
const stopSignal = syscall.SIGUSR1

// supervise runs the program as a child process if memory is limited, and returns its exit code. It returns
// false in the child, in processes that it starts, and where there is no limit: the program then runs in this process.
func supervise(p Program, limit memlimit.Limit) (code int, done bool) {
	if _, supervised := os.LookupEnv(supervisor); supervised || !limit.Exists() {
		return 0, false
	}
	code, err := runChild(p, limit)
	if err != nil {
		PrintError(os.Stderr, p, os.Args[1:], err)
		if AsksForJSON(os.Args[1:]) {
			json.NewEncoder(os.Stdout).Encode(map[string]string{"error": err.Error()})
		}
		return ExitFailed, true
	}
	return code, true
}

// runChild runs the program in a child process. The error says why it has no exit code of its own.
func runChild(p Program, limit memlimit.Limit) (code int, err error) {
	// The child is killed when the thread that started it ends, so that it never outlives this process.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	said := &crash{to: os.Stderr}
	out, in, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	child := exec.Command("/proc/self/exe", os.Args[1:]...)
	child.Args[0] = os.Args[0]
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, os.Stdout, os.Stderr
	child.ExtraFiles = []*os.File{in} // crashFile
	child.Env = append(os.Environ(), supervisor+"="+strconv.Itoa(os.Getpid()))
	child.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	before, _ := memlimit.Kills()
	err = child.Start()
	in.Close()
	if err != nil {
		return 0, errors.Join(err, out.Close())
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		buffer := make([]byte, 4096)
		for {
			n, err := out.Read(buffer)
			said.Write(buffer[:n])
			if err != nil {
				said.end()
				return
			}
		}
	}()
	waited := make(chan error, 1)
	go func() { waited <- child.Wait() }()
	for {
		select {
		case s := <-signals:
			passOn(child.Process, s)
		case err = <-waited:
			out.SetReadDeadline(time.Now().Add(time.Second)) // a process that the child started may hold the other end
			<-ended
			out.Close()
			after, _ := memlimit.Kills()
			return outcome(p, limit, child.ProcessState, said.memory, after > before, err)
		}
	}
}

// passOn sends a signal to the child. An error means that it has just ended.
func passOn(child *os.Process, s os.Signal) {
	if s != syscall.SIGHUP {
		s = stopSignal
	}
	child.Signal(s)
}

// errKilled is the error of a program that was killed, by whom is unknown.
var errKilled = errors.New(
	"killed: by a user or a program, or by the kernel for lack of memory, whose log (dmesg) says so then")

// outcome returns the exit code of a child that has ended, or why there is none. memory reports that it said that it
// got no memory, and kills that the kernel killed a process of the cgroup for lack of it.
func outcome(
	p Program, limit memlimit.Limit, state *os.ProcessState, memory, kills bool, err error,
) (int, error) {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return 0, err
	}
	status, _ := state.Sys().(syscall.WaitStatus)
	isKilled := status.Signaled() && status.Signal() == syscall.SIGKILL
	switch {
	case memory, isKilled && kills:
		return 0, lackOfMemory(limit, p)
	case isKilled:
		return 0, errKilled
	case status.Signaled():
		return 0, fmt.Errorf("ended by a signal: %v", status.Signal())
	}
	return state.ExitCode(), nil
}

// isChild reports whether another process supervises this one.
func isChild() bool { return os.Getenv(supervisor) == strconv.Itoa(os.Getppid()) }

// becomeChild has what the runtime and libraries of C++ print go to the parent, in a child that it supervises.
// What the program itself prints goes where it would without a parent.
func becomeChild(name string) error {
	if !isChild() {
		return nil
	}
	own, err := unix.FcntlInt(2, unix.F_DUPFD_CLOEXEC, crashFile+1)
	if err != nil {
		return err
	}
	os.Stderr = os.NewFile(uintptr(own), os.Stderr.Name())
	if err := unix.Dup3(crashFile, 2, 0); err != nil {
		return err
	}
	killFirst()
	os.WriteFile("/proc/self/comm", []byte(name), 0) // ps would show exe; an error does no harm
	return unix.Close(crashFile)
}

// killFirst has the kernel kill this process rather than its parent when memory runs out, as long as it is about as
// large. If it kills the parent instead, the program ends all the same, but nothing says why.
func killFirst() {
	const file, more, most = "/proc/self/oom_score_adj", 20, 1000
	text, err := os.ReadFile(file)
	if err != nil {
		return
	}
	if score, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
		os.WriteFile(file, []byte(strconv.Itoa(min(score+more, most))), 0)
	}
}

// stopped returns a context that ends at SIGINT or SIGTERM. A second signal kills the process.
func stopped() (context.Context, context.CancelFunc) {
	stops := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if isChild() {
		signal.Notify(make(chan os.Signal, 1), stops...) // not Ignore, which the processes that it starts would inherit
		stops = []os.Signal{stopSignal}
	}
	return signal.NotifyContext(context.Background(), stops...)
}
