// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.JobyardException;
import io.jobyard.settings.api.Instance;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Filter that answers client errors which only appear while a servlet reads or writes: a malformed or too large body, or
 * a closed connection. It also answers refusals of the host's services. The whiteboard would treat them as errors of
 * the servlet and log a stack trace.
 */
@Component(service = Filter.class)
@HttpWhiteboardContextSelect(WebContext.SELECT)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
public final class ClientFaults implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(ClientFaults.class);

    private final Clock clock;

    @Activate
    public ClientFaults(@Reference Instance instance) {
        clock = instance.clock();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
            throws IOException, ServletException {
        try {
            next.doFilter(request, response);
        } catch (JobyardException e) { // from a service that a servlet has called for its caller
            if (response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            ProblemAnswer.send((HttpServletResponse) response, e, clock);
        } catch (IOException | RuntimeException | ServletException e) {
            Optional<HttpException> refusal = find(e, HttpException.class);
            if (refusal.isPresent() && !response.isCommitted()) {
                response.resetBuffer();
                ((HttpServletResponse) response).sendError(refusal.get().getCode());
            } else if (find(e, EofException.class).isPresent()) {
                LOG.debug("The client closed the connection: {}", e.toString());
            } else {
                throw e;
            }
        }
    }

    private static <T> Optional<T> find(Throwable fault, Class<T> type) {
        return Stream.iterate(fault, each -> each != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
