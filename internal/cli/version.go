package cli

import (
	"fmt"
	"runtime/debug"
)

// version is set by the linker in `make build`, from the tag; otherwise "".
var version string

// Version returns the version that the linker set, otherwise that of the module,
// otherwise the commit that the program was built from.
func Version() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return fmt.Sprintf("%s (%s)", v, info.GoVersion)
	}
	revision, dirty := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+changes"
		}
	}
	return fmt.Sprintf("devel %s%s (%s)", revision, dirty, info.GoVersion)
}
