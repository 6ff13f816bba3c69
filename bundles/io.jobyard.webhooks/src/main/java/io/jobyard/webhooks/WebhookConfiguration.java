// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A webhook. */
@ObjectClassDefinition(
        name = "Jobyard webhook",
        description = "An address that is told what becomes of jobs; a file for each: etc/io.jobyard.webhooks-NAME.cfg."
                + " url and secret are needed.")
@interface WebhookConfiguration {

    @AttributeDefinition(
            name = "url",
            description =
                    "Where to: http or https. Its origin must be one that allow of io.jobyard.handler.http names.")
    String url();

    @AttributeDefinition(
            name = "secret",
            description = "The name of the secret with which deliveries are signed. A policy in io.jobyard.secrets-NAME"
                    + " lets the type http_request sign with it: uses = sign.")
    String secret();

    @AttributeDefinition(
            name = "events",
            description =
                    "Which changes are told, with commas between them: waiting, queued, running, completed, failed,"
                            + " cancelled; the last three if left out.",
            required = false)
    String events() default "";

    @AttributeDefinition(
            name = "types",
            description = "The types of the jobs it is about, with commas between them; * stands for any characters.",
            required = false)
    String types() default "*";

    @AttributeDefinition(name = "submitters", description = "Whose jobs it is about, alike.", required = false)
    String submitters() default "*";

    @AttributeDefinition(
            name = "queues",
            description = "The queues that the jobs are in at the change, alike.",
            required = false)
    String queues() default "*";

    @AttributeDefinition(
            name = "max.retries",
            description = "How many more attempts follow a delivery that fails.",
            min = "0",
            max = "10",
            required = false)
    int max_retries() default 10;

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Seconds that one attempt may take.",
            min = "1",
            max = "300",
            required = false)
    int timeout_seconds() default 30;

    @AttributeDefinition(
            name = "queue",
            description = "The queue in which deliveries wait. The queue webhooks runs as many at once as half of the"
                    + " workers of all hosts, and 1 at least.",
            required = false)
    String queue() default WebhookLimits.NAME;
}
