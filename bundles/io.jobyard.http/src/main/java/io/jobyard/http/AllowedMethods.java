// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.ServletDTO;

/** Adds the header {@code Allow} to a 405 answer of another bundle's servlet: {@link HttpServlet} omits it. */
final class AllowedMethods extends HttpServletResponseWrapper {

    private static final String ALLOW = "Allow";
    private static final String PREFIX = "do";

    private final BundleContext context;
    private final String path;

    AllowedMethods(BundleContext context, HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.context = context;
        path = request.getRequestURI();
    }

    @Override
    public void sendError(int status) throws IOException {
        allow(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        allow(status);
        super.sendError(status, message);
    }

    private void allow(int status) {
        if (status == SC_METHOD_NOT_ALLOWED && !containsHeader(ALLOW)) {
            Set<String> methods = new TreeSet<>(WebPaths.methods(path));
            methods.retainAll(ofServlet());
            if (!methods.isEmpty()) {
                setHeader(ALLOW, String.join(", ", methods));
            }
        }
    }

    /** Returns the methods of the servlet that the whiteboard chooses for the path. */
    private Set<String> ofServlet() {
        ServiceReference<HttpServiceRuntime> runtime = context.getServiceReference(HttpServiceRuntime.class);
        if (runtime == null) {
            return Set.of(); // the port is being closed
        }
        try {
            ServletDTO servlet = context.getService(runtime).calculateRequestInfoDTO(path).servletDTO;
            return servlet == null ? Set.of() : ofService(servlet.serviceId);
        } finally {
            context.ungetService(runtime);
        }
    }

    private Set<String> ofService(long id) {
        for (ServiceReference<Servlet> reference : references(id)) {
            Servlet servlet = context.getService(reference);
            if (servlet != null) {
                try {
                    return of(servlet.getClass());
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return Set.of();
    }

    private Collection<ServiceReference<Servlet>> references(long id) {
        try {
            return context.getServiceReferences(Servlet.class, "(service.id=" + id + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns the methods that a servlet implements. A servlet that overrides {@code service} handles methods itself.
     */
    static Set<String> of(Class<?> servlet) {
        Set<String> methods = new TreeSet<>();
        for (Class<?> type = servlet; type != null && type != HttpServlet.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods()).flatMap(AllowedMethods::of).forEach(methods::add);
        }
        return methods;
    }

    private static Stream<String> of(Method method) {
        List<Class<?>> taken = List.of(HttpServletRequest.class, HttpServletResponse.class);
        if (!method.getName().startsWith(PREFIX)
                || !Arrays.asList(method.getParameterTypes()).equals(taken)) {
            return Stream.empty();
        }
        String name = method.getName().substring(PREFIX.length()).toUpperCase(Locale.ROOT);
        return name.equals("GET") ? Stream.of(name, "HEAD") : Stream.of(name);
    }
}
