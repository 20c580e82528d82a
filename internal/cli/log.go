package cli

import (
	"io"
	"log/slog"

	"xunwen/internal/terminal"
)

// LogFormats lists the values of --log-format.
const LogFormats = "text|json"

// NewLog returns a logger in a format of LogFormats.
func NewLog(w io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(terminal.JSON(w), nil)), nil
	}
	return nil, Usagef("--log-format %q is not one of %s", format, LogFormats)
}
