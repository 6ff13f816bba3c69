// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobyardException;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Repetition.RepeatRule;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.views.api.RequestFault;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dispatches requests by the table of routes. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=io.jobyard.rest",
            "osgi.http.whiteboard.servlet.pattern=" + RestServlet.ROOT + "/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            RestServlet.CONTEXT
        })
public final class RestServlet extends HttpServlet {

    static final String ROOT = "/api/v1";
    static final String CONTEXT = "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)";

    private static final Logger LOG = LoggerFactory.getLogger(RestServlet.class);
    private static final long serialVersionUID = 1L;

    private final transient RestHost host;

    @Activate
    public RestServlet(@Reference RestHost host) {
        this.host = host;
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        guarded(host, http, response, () -> answer(http, response));
    }

    private void answer(HttpServletRequest http, HttpServletResponse response) throws IOException {
        String path = String.valueOf(http.getPathInfo());
        RouteTable routes = host.routes();
        Set<String> allowed = routes.allowed(path);
        if (allowed.isEmpty()) {
            throw new RestException(
                    ErrorCode.NOT_FOUND, "path not found" + routes.hint(path) + "; /openapi.json lists the paths");
        }
        String allow = String.join(", ", allowed);
        if (http.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", allow);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        String method = http.getMethod().equals("HEAD") ? "GET" : http.getMethod();
        RouteTable.FoundRoute found = routes.find(method, path);
        if (found == null) {
            throw new RestException(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "method " + http.getMethod() + " not allowed; use " + allow,
                    Map.of("Allow", allow));
        }
        String representation =
                Representation.chosen(http, response, found.route().offers());
        Operation operation = found.route().operation();
        RequestGuard.check(http, operation);
        RestRequest request = new RestRequest(host, found, http, response, representation);
        String key = http.getHeader(RequestGuard.KEY);
        Reply reply = key != null && operation.repetition().rule() == RepeatRule.ANSWERED
                ? RepeatedRequest.answer(request, key)
                : found.route().action().answer(request);
        if (reply != Reply.LATER) {
            ReplyWriter.write(reply, http, response);
        }
    }

    /** Returns whether the request reads a read-only path. Answers OPTIONS, and refuses other methods. */
    static boolean reads(HttpServletRequest http, HttpServletResponse response) {
        String allow = "GET, HEAD, OPTIONS";
        if (http.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", allow);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return false;
        } else if (!http.getMethod().equals("GET") && !http.getMethod().equals("HEAD")) {
            throw new RestException(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "method " + http.getMethod() + " not allowed; use GET",
                    Map.of("Allow", allow));
        }
        return true;
    }

    /** Work that writes an answer, or throws. */
    @FunctionalInterface
    interface Answering {
        void answer() throws IOException;
    }

    /** Converts exceptions to problem documents. */
    static void guarded(RestHost host, HttpServletRequest http, HttpServletResponse response, Answering answering)
            throws IOException {
        try {
            answering.answer();
        } catch (JobyardException e) {
            ReplyWriter.write(ReplyWriter.problem(RequestFault.of(e), host.clock.instant()), http, response);
        } catch (RestException e) {
            Reply reply = ReplyWriter.problem(e.problem(), host.clock.instant());
            for (Map.Entry<String, String> header : e.headers().entrySet()) {
                reply = reply.header(header.getKey(), header.getValue());
            }
            ReplyWriter.write(reply, http, response);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", http.getMethod(), CallbackToken.masked(http.getRequestURI()), e);
            RequestFault problem =
                    RequestFault.of(ErrorCode.INTERNAL, "the request failed in the host; see the host's log");
            ReplyWriter.write(ReplyWriter.problem(problem, host.clock.instant()), http, response);
        }
    }
}
