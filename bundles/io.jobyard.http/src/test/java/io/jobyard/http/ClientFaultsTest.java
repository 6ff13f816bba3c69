// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.Stub;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the host refuses to a servlet of another bundle. */
class ClientFaultsTest {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Object> status = new ArrayList<>();
    private boolean isCommitted;

    private final HttpServletResponse response = Stub.<HttpServletResponse>of(HttpServletResponse.class)
            .on("isCommitted", arguments -> isCommitted)
            .on("resetBuffer", arguments -> null)
            .on("setContentType", arguments -> null)
            .on("setContentLength", arguments -> null)
            .on("setStatus", arguments -> status.add(arguments[0]) ? null : null)
            .with("getOutputStream", new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(int next) {
                    body.write(next);
                }
            })
            .get();

    private final HttpServletRequest request =
            Stub.<HttpServletRequest>of(HttpServletRequest.class).get();
    private final ClientFaults faults = new ClientFaults(new FakeInstance(Path.of(".")));
    private final FilterChain servlet = (asked, answer) -> {
        throw new AccessException("ann may not submit; ask for a role", "submit");
    };

    @Test
    void whatAServiceRefusesIsAnsweredAsAProblem() throws Exception {
        faults.doFilter(request, response, servlet);
        assertThat(status).isEqualTo(List.of(403));
        assertThat(body.toString(StandardCharsets.UTF_8)).contains("\"code\":\"access\"", "\"fix\":\"ask for a role\"");
    }

    @Test
    void anAnswerThatHasBegunStaysAndTheFaultIsTheServlets() {
        isCommitted = true;
        assertThatThrownBy(() -> faults.doFilter(request, response, servlet)).isInstanceOf(AccessException.class);
        assertThat(status).isEmpty();
    }

    @Test
    void otherFaultsAreTheServlets() {
        FilterChain broken = (asked, answer) -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> faults.doFilter(request, response, broken)).hasMessage("broken");
    }
}
