// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.desk;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.RequestServices;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Submits a job for the caller of a request, with the rights of that caller. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/desk",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=io.jobyard)"
        })
public final class Desk extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient RequestServices services;

    @Activate
    public Desk(@Reference RequestServices services) {
        this.services = services;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String job = services.jobManager(request::getAttribute)
                .submit(JobSpecification.type("echo").payload(Map.of()).build())
                .id()
                .toString();
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.getWriter().print(job);
    }
}
