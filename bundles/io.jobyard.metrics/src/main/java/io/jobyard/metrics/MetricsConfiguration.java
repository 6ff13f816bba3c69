// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may scrape the host's metrics. */
@ObjectClassDefinition(
        name = "Jobyard metrics",
        description = "Whether Prometheus, and what reads like it, may scrape the host's metrics at /metrics.")
@interface MetricsConfiguration {

    @AttributeDefinition(
            name = "prometheus.port",
            description = "The TCP port that is scraped; 0 for none, so that the host listens nowhere.",
            min = "0",
            max = "65535")
    int prometheus_port() default MetricsSettings.OFF;

    @AttributeDefinition(
            name = "prometheus.address",
            description =
                    "The address of this machine on which that port is open: who reaches it reads the names of types,"
                            + " queues and limits, without a password. 0.0.0.0 for all addresses.")
    String prometheus_address() default MetricsSettings.LOOPBACK;
}
