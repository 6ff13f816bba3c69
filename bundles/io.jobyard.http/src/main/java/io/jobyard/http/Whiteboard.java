// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.http.base.internal.HttpServiceController;
import org.osgi.framework.BundleContext;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/** Dispatches each request to the servlet that a bundle provides as a service. It lives as long as the server. */
final class Whiteboard extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient BundleContext context;
    private final transient HttpServiceController controller;
    private final transient Servlet dispatcher;

    Whiteboard(BundleContext context) {
        this.context = context;
        controller = new HttpServiceController(context);
        dispatcher = controller.createDispatcherServlet();
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        dispatcher.init(config);
        controller.register(
                config.getServletContext(),
                new Hashtable<>(Map.of(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT, "/")));
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        dispatcher.service(
                request, new AllowedMethods(context, (HttpServletRequest) request, (HttpServletResponse) response));
    }

    @Override
    public void destroy() {
        controller.unregister();
        dispatcher.destroy();
    }
}
