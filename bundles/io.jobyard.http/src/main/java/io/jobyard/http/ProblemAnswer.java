// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.JobyardException;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.ProblemView;
import io.jobyard.views.api.ProblemView.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a problem document. */
final class ProblemAnswer {

    static final String UNSIGNED = "unauthenticated";
    static final String FOREIGN = "foreign_origin";
    static final String MALFORMED = "malformed_request";

    private ProblemAnswer() {}

    static byte[] bytes(int status, String code, String message) {
        return JsonWriter.compact(ProblemView.PROBLEM.json(new Problem(status, code, message)))
                .getBytes(StandardCharsets.UTF_8);
    }

    static void send(HttpServletResponse response, int status, String code, String message) throws IOException {
        if (response.isCommitted()) {
            return; // what has begun cannot become another answer
        }
        byte[] body = bytes(status, code, message);
        response.setStatus(status);
        response.setContentType(ProblemView.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void send(HttpServletResponse response, JobyardException fault) throws IOException {
        Problem problem = ProblemView.of(fault);
        send(response, problem.status(), problem.code(), problem.message());
    }
}
