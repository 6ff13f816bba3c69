// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.Stub;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.RequestInfoDTO;
import org.osgi.service.servlet.runtime.dto.ServletDTO;

/** A servlet of another bundle that refuses a method. */
class AllowedMethodsTest {

    private static class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_CREATED);
        }
    }

    private static final class ReadOrders extends Orders {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_OK);
        }
    }

    private final Map<String, String> headers = new HashMap<>();

    @Test
    void theMethodsAreThoseThatTheServletAndItsSuperclassesImplement() {
        assertThat(AllowedMethods.of(Orders.class)).containsExactly("POST");
        assertThat(AllowedMethods.of(ReadOrders.class)).containsExactly("GET", "HEAD", "POST");
        assertThat(AllowedMethods.of(HttpServlet.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"405,,'GET, HEAD, POST'", "405,PUT,PUT", "404,,"})
    void onlyAnAnswer405WithoutAllowGetsIt(int status, String before, String after) throws Exception {
        if (before != null) {
            headers.put("Allow", before);
        }
        HttpServletRequest request = Stub.<HttpServletRequest>of(HttpServletRequest.class)
                .with("getRequestURI", "/orders")
                .get();
        HttpServletResponse response = Stub.<HttpServletResponse>of(HttpServletResponse.class)
                .on("containsHeader", arguments -> headers.containsKey(arguments[0]))
                .on("setHeader", arguments -> headers.put((String) arguments[0], (String) arguments[1]))
                .on("sendError", arguments -> null)
                .get();
        new AllowedMethods(context(new ReadOrders()), request, response).sendError(status, "no");
        assertThat(headers.get("Allow")).isEqualTo(after);
    }

    private static BundleContext context(Servlet servlet) {
        RequestInfoDTO chosen = new RequestInfoDTO();
        chosen.servletDTO = new ServletDTO();
        chosen.servletDTO.serviceId = 7;
        HttpServiceRuntime runtime = Stub.<HttpServiceRuntime>of(HttpServiceRuntime.class)
                .with("calculateRequestInfoDTO", chosen)
                .get();
        ServiceReference<?> ofRuntime = reference();
        ServiceReference<?> ofServlet = reference();
        return Stub.<BundleContext>of(BundleContext.class)
                .with("getServiceReference", ofRuntime)
                .on("getServiceReferences", arguments -> {
                    assertThat(arguments[1]).isEqualTo("(service.id=7)");
                    return List.of(ofServlet);
                })
                .on("getService", arguments -> arguments[0] == ofRuntime ? runtime : servlet)
                .with("ungetService", true)
                .get();
    }

    private static ServiceReference<?> reference() {
        return Stub.<ServiceReference<?>>of(ServiceReference.class).get();
    }
}
