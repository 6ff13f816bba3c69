// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the page at the root, and its files. Both are public, because the page requests data with the permissions of
 * the caller.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=io.jobyard.console",
            "osgi.http.whiteboard.servlet.pattern=/",
            "service.ranking:Integer=-100", // before the default page, after pages of other bundles
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)"
        })
public final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String DIRECTORY = "/console/";

    private final transient ConsoleFiles files;
    private final transient ConsolePage page;

    @Activate
    public ConsoleServlet(BundleContext context) throws IOException {
        this(new ConsoleFiles(in(context.getBundle())));
    }

    ConsoleServlet(ConsoleFiles files) {
        this.files = files;
        page = new ConsolePage(files);
    }

    /** Returns 404 elsewhere, for any method, because the pattern matches every path that no other servlet has. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (path.equals("/") || path.equals("/console") || path.startsWith(DIRECTORY)) {
            super.service(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (path.equals("/")) {
            response.setHeader("Content-Security-Policy", page.policy());
            send(response, "text/html; charset=utf-8", page.html());
        } else if (path.equals("/console") || path.equals(DIRECTORY)) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/");
        } else {
            byte[] content = files.at(path);
            if (content == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
                send(response, ConsoleFiles.type(path), content);
            }
        }
    }

    private static void send(HttpServletResponse response, String type, byte[] content) throws IOException {
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static Map<String, byte[]> in(Bundle bundle) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (URL url : Collections.list(bundle.findEntries(DIRECTORY, "*.*", true))) {
            try (InputStream in = url.openStream()) {
                files.put(url.getPath().substring(DIRECTORY.length()), in.readAllBytes());
            }
        }
        return files;
    }
}
