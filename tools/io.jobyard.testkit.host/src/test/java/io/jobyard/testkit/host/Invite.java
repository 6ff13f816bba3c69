// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.time.Duration;
import java.util.Map;

@HandlesJob("invite")
final class Invite implements JobHandler {

    private final Mailbox mailbox;

    Invite(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        String draft = context.step(
                "draft", String.class, () -> "come, " + context.payload().get("to"));
        context.step("mail", Void.class, () -> {
            mailbox.send(context.job().id() + " mail", draft);
            return null;
        });
        return Map.of(
                "invited",
                context.signal("approved", Boolean.class, Duration.ofDays(7)).orElse(false));
    }
}
