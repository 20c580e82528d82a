package problem

import "net/http"

// Kind is a kind of problem: the end of its type, its title and its status.
type Kind struct {
	name, title string
	status      int
}

// The kinds of problem. Their names are part of the API.
var (
	BadParameter = Kind{"bad-parameter", "A parameter is invalid", http.StatusBadRequest}
	MissingQuery = Kind{"missing-query", "Neither a query nor a filter was given", http.StatusBadRequest}
	CrossSite    = Kind{"cross-site", "The form was sent by another site", http.StatusForbidden}
	UnknownType  = Kind{"unknown-type", "The body is of a type that is not read", http.StatusUnsupportedMediaType}

	badQuery      = Kind{"bad-query", "The query is invalid", http.StatusBadRequest}
	tooBroad      = Kind{"too-broad", "The query matches too many words", http.StatusBadRequest}
	badCursor     = Kind{"bad-cursor", "The cursor belongs to another query", http.StatusBadRequest}
	cursorExpired = Kind{"cursor-expired", "The index has changed since the cursor was made", http.StatusGone}
	notFound      = Kind{"not-found", "Not found", http.StatusNotFound}
	unauthorized  = Kind{"unauthorized", "An API key is required", http.StatusUnauthorized}
	tooMany       = Kind{"too-many-requests", "Too many requests", http.StatusTooManyRequests}
	misdirected   = Kind{"misdirected", "The server has another name", http.StatusMisdirectedRequest}
	wrongMethod   = Kind{"method-not-allowed", "The method is not allowed", http.StatusMethodNotAllowed}
	notReady      = Kind{"not-ready", "No index is available", http.StatusServiceUnavailable}
	damaged       = Kind{"damaged", "The index is damaged", http.StatusServiceUnavailable}
	busy          = Kind{"busy", "The server is busy", http.StatusServiceUnavailable}
	unavailable   = Kind{"unavailable", "A part of the index can't be reached", http.StatusServiceUnavailable}
	unsupported   = Kind{"not-implemented", "This engine can't answer the request", http.StatusNotImplemented}
	tooSlow       = Kind{"too-slow", "The request took too long", http.StatusServiceUnavailable}
	internal      = Kind{"internal", "Internal error", http.StatusInternalServerError}
	clientClosed  = Kind{internal.name, internal.title, statusClosed}
)

// statusClosed is logged if the client closed the connection before the response.
const statusClosed = 499

// Seconds after which a request may succeed.
const (
	retryNotReady = 5 // the shortest build takes about as long
	retryTooSlow  = 2 // gives the machine a break
	retryBusy     = 1 // a full queue empties in less
	retryExport   = 5 // exports take seconds to minutes
	retryDamaged  = 2 // loading another generation takes about a second
)
