package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strconv"

	"xunwen/internal/position"
	"xunwen/internal/terminal"
)

// JSONHelp is the help of --json, which both programs have.
const JSONHelp = "print JSON, and the log and errors as JSON, too"

// jsonFlag and formatFlag are the flags that ask for JSON.
const (
	jsonFlag   = "json"
	formatFlag = "log-format"
)

// AsksForJSON reports whether a command line, right or wrong, asks for JSON on standard
// output, by --json or its variable. Errors of the command line itself depend on it.
func AsksForJSON(args []string) bool {
	asks, _ := requested(args)
	return asks
}

// LogsJSON reports whether a command line asks for JSON on standard error, by --json or
// --log-format json.
func LogsJSON(args []string) bool {
	asks, log := requested(args)
	return asks || log == "json"
}

// requested returns what a command line and the environment say about JSON.
func requested(args []string) (asks bool, log string) {
	asks, _ = strconv.ParseBool(os.Getenv(EnvName(jsonFlag)))
	log = os.Getenv(EnvName(formatFlag))
	for i, a := range args {
		if a == "--" {
			break
		}
		if value, ok := valueOf(jsonFlag, a, "true"); ok {
			asks, _ = strconv.ParseBool(value)
		}
		next := ""
		if i+1 < len(args) {
			next = args[i+1]
		}
		if value, ok := valueOf(formatFlag, a, next); ok {
			log = value
		}
	}
	return asks, log
}

// valueOf returns the value of a flag if an argument is that flag; separate is the value
// if the argument has none.
func valueOf(flag, arg, separate string) (value string, ok bool) {
	if arg == "--"+flag {
		return separate, true
	}
	prefix := "--" + flag + "="
	if len(arg) < len(prefix) || arg[:len(prefix)] != prefix {
		return "", false
	}
	return arg[len(prefix):], true
}

// PrintError prints the error that ended a program, as NAME: error, or as a line of JSON
// if its command line asks for that.
func PrintError(w io.Writer, p Program, args []string, err error) {
	if !LogsJSON(args) {
		fmt.Fprintf(w, "%s: %s\n", p.Name, terminal.Text(err.Error()))
		return
	}
	log, _ := NewLog(w, "json") // which is a format
	message := "failed"
	if ExitCode(err) == ExitUsage {
		message = "wrong usage"
	}
	attrs := []any{"program", p.Name, "error", err.Error(), "exit_code", ExitCode(err)}
	attrs = append(attrs, place(err)...)
	if action := action(p, err); action != "" {
		attrs = append(attrs, "action", action)
	}
	log.Error(message, attrs...)
}

// place returns where an error is and why, if it knows: file, line, reason.
func place(err error) []any {
	var line *position.Error
	var path *fs.PathError
	switch {
	case errors.As(err, &line):
		return []any{"file", line.File, "line", line.Line, "reason", line.Err.Error()}
	case errors.As(err, &path):
		return []any{"file", path.Path, "reason", path.Err.Error()}
	}
	return nil
}

// action returns what to do about an error, "" if that is unknown.
func action(p Program, err error) string {
	if p.Action != nil {
		if known := p.Action(err); known != "" {
			return known
		}
	}
	if ExitCode(err) == ExitUsage {
		return "correct the command line: see " + p.Name + " --help"
	}
	return ""
}

// Logger returns the log of a program on w: in JSON if the command line asks for that, and
// else in a format of LogFormats.
func Logger(w io.Writer, args []string, format string) (*slog.Logger, error) {
	log, err := NewLog(w, format) // an unknown format is wrong, whatever else is asked for
	if err == nil && AsksForJSON(args) {
		return NewLog(w, "json")
	}
	return log, err
}
