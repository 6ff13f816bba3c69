// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.vault;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * Tells how long the texts are that it got, and gives them back: its schema marks the token, and with {@code ask} it asks for one by that
 * name. It fails if the text is "lost".
 */
@Component
@HandlesJob("unlock")
public final class Unlock implements JobHandler {

    /** The schema of its payload. */
    public static final String SCHEMA = """
            {
              "type": "object",
              "required": ["token"],
              "properties": {
                "token": {"type": "string", "x-jobyard-secret": true},
                "text": {"type": "string"}
              }
            }""";

    @Override
    public Map<String, Object> handle(JobContext context) {
        Object ask = context.payload().get("ask");
        String token = ask == null ? String.valueOf(context.payload().get("token")) : context.secret((String) ask);
        String text = String.valueOf(context.payload().get("text"));
        if (text.equals("lost")) {
            throw new IllegalStateException("no lock for " + token, new IllegalArgumentException(token));
        }
        return Map.of("token", token, "tokenLength", token.length(), "text", text, "textLength", text.length());
    }
}
