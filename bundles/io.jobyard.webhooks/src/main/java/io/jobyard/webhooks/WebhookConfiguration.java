// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a webhook. */
@ObjectClassDefinition(
        name = "Jobyard webhook",
        description = "An HTTP receiver of job events; one file each: etc/io.jobyard.webhooks-NAME.cfg."
                + " url and secret are required.")
@interface WebhookConfiguration {

    @AttributeDefinition(
            name = "url",
            description = "The receiver's http or https URL. Its origin must match allow in io.jobyard.handler.http.")
    String url();

    @AttributeDefinition(
            name = "secret",
            description = "Name of the secret that signs deliveries. A policy in io.jobyard.secrets-NAME must allow"
                    + " the type http_request to sign with it: uses = sign.")
    String secret();

    @AttributeDefinition(
            name = "events",
            description = "Job changes to deliver, separated by commas: waiting, queued, running, completed, failed,"
                    + " cancelled. Default: completed, failed and cancelled.",
            required = false)
    String events() default "";

    @AttributeDefinition(
            name = "types",
            description = "Job types to deliver, separated by commas; * matches any characters.",
            required = false)
    String types() default "*";

    @AttributeDefinition(
            name = "submitters",
            description = "Submitters whose jobs to deliver, separated by commas; * matches any characters.",
            required = false)
    String submitters() default "*";

    @AttributeDefinition(
            name = "queues",
            description =
                    "Queues whose jobs to deliver, separated by commas; * matches any characters. The queue at the"
                            + " time of the change counts.",
            required = false)
    String queues() default "*";

    @AttributeDefinition(
            name = "max.retries",
            description = "Number of retries of a failed delivery.",
            min = "0",
            max = "10",
            required = false)
    int max_retries() default 10;

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Timeout of one attempt, in seconds.",
            min = "1",
            max = "300",
            required = false)
    int timeout_seconds() default 30;

    @AttributeDefinition(
            name = "queue",
            description = "Queue for deliveries. The queue webhooks may use half of the"
                    + " workers of all hosts, at least 1.",
            required = false)
    String queue() default WebhookLimits.NAME;
}
