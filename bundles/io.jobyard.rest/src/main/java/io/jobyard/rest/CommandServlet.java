// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Inputs;
import io.jobyard.settings.api.command.ShellCall;
import io.jobyard.settings.api.command.ShellRunner;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.error.ErrorCode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Runs shell commands for {@code bin/jobyard --url}. Each command needs its usual permissions. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=io.jobyard.rest.commands",
            "osgi.http.whiteboard.servlet.pattern=" + CommandServlet.PATH,
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            RestServlet.CONTEXT
        })
public final class CommandServlet extends HttpServlet {

    static final String PATH = RestServlet.ROOT + "/commands";
    static final String FRAMES = "application/octet-stream";

    private static final long serialVersionUID = 1L;
    private static final String ALLOW = "OPTIONS, POST";
    private final transient RestHost host;
    private final transient RunningCommands commands;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    @Nullable
    transient volatile ShellRunner runner;

    @Activate
    public CommandServlet(@Reference RestHost host, @Reference RunningCommands commands) {
        this.host = host;
        this.commands = commands;
    }

    @Override
    protected void service(HttpServletRequest http, HttpServletResponse response) throws IOException {
        RestServlet.guarded(host, http, response, () -> answer(http, response));
    }

    private void answer(HttpServletRequest http, HttpServletResponse response) throws IOException {
        if (http.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", ALLOW);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        } else if (!http.getMethod().equals("POST")) {
            throw new RestException(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    "method " + http.getMethod() + " not allowed; use POST",
                    Map.of("Allow", ALLOW));
        }
        RequestGuard.check(http, StreamOperations.COMMANDS);
        Representation.chosen(http, response, List.of(FRAMES));
        BodyText.refuseUnless(http, FRAMES);
        Caller caller = RestRequest.caller(http);
        Inputs inputs = StreamOperations.inputs(http, StreamOperations.COMMANDS, host.clock.instant());
        run(caller, inputs.number("columns", 0), http, response);
    }

    private void run(Caller caller, int columns, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        ShellRunner shell = runner;
        if (shell == null) {
            throw new RestException(
                    ErrorCode.UNAVAILABLE, "the shell of this host is not running; try again, or see the host's log");
        }
        SentFiles files = new SentFiles(http.getInputStream());
        Runnable end = commands.take(caller);
        response.setContentType(FRAMES);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext context = http.startAsync(http, response);
        context.setTimeout(0);
        RunningCommand.CommandWork work = (out, err) -> {
            int exit = shell.run(new ShellCall(caller, files.words(), columns, files, out, err));
            files.drain();
            return exit;
        };
        commands.run(new RunningCommand(context, LiveStreams.shown(http), work, end));
    }
}
