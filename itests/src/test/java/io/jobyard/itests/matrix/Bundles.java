// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.matrix;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobyardException;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Calls the services as other bundles, which it installs, get them: {@code POST /matrix?bundle=NAME&call=NAME&target=ID}. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/matrix",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)"
        })
public final class Bundles extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient BundleContext context;
    private final transient Map<String, Speaker> speakers = new ConcurrentHashMap<>();
    private final transient BundleCalls calls = new BundleCalls();

    @Activate
    public Bundles(BundleContext context) {
        this.context = context;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Speaker speaker = speakers.computeIfAbsent(request.getParameter("bundle"), this::installed);
        String answer;
        try {
            answer = String.valueOf(
                    calls.named(request.getParameter("call")).of(speaker, request.getParameter("target")));
        } catch (AccessException e) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            answer = "access: " + e.getMessage();
        } catch (JobyardException e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            answer = e.code() + ": " + e.getMessage();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        response.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** A bundle with nothing in it but its name. */
    private Speaker installed(String name) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            out.finish();
            Bundle bundle = context.installBundle("matrix:" + name, new ByteArrayInputStream(jar.toByteArray()));
            bundle.start();
            return Speaker.of(bundle.getBundleContext());
        } catch (IOException | BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
