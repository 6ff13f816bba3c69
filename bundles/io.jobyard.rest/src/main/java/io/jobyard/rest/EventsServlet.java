// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.EventCursor;
import io.jobyard.operations.api.Inputs;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Streams the changes of jobs, starting with the changes that a client has missed. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=io.jobyard.rest.events",
            "osgi.http.whiteboard.servlet.pattern=/events",
            "osgi.http.whiteboard.servlet.pattern=/live",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            RestServlet.CONTEXT
        })
public final class EventsServlet extends HttpServlet {

    static final String LAST = "Last-Event-ID";
    private static final long serialVersionUID = 1L;

    private final transient RestHost host;

    @Activate
    public EventsServlet(@Reference RestHost host) {
        this.host = host;
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        RestServlet.guarded(host, http, response, () -> answer(http, response));
    }

    private void answer(HttpServletRequest http, HttpServletResponse response) {
        if (!RestServlet.reads(http, response)) {
            return;
        }
        boolean isLive = http.getServletPath().equals("/live");
        RequestGuard.check(http, isLive ? StreamOperations.LIVE : StreamOperations.EVENTS);
        Representation.chosen(http, response, List.of(Representation.EVENTS));
        Caller caller = RestRequest.caller(http);
        host.access.require(caller, AccessRule.OVERVIEW);
        LiveSource source = isLive ? new PulseSource(host, caller) : events(http, caller);
        host.streams.open(http, response, source);
    }

    /** Returns the events after a position. Reports expired events before the stream begins. */
    private EventSource events(HttpServletRequest http, Caller caller) {
        Inputs inputs = StreamOperations.inputs(http, StreamOperations.EVENTS, host.clock.instant());
        String after = inputs.text("after");
        String last = http.getHeader(LAST);
        EventRing ring = host.streams.ring;
        EventCursor cursor;
        if (last == null && after == null) {
            cursor = ring.newest();
        } else {
            cursor = EventCursor.of(last == null ? String.valueOf(after) : last);
            ring.feed.events(cursor, 1);
            ring.readOn();
        }
        return new EventSource(host, caller, EventFilter.of(inputs), cursor);
    }
}
