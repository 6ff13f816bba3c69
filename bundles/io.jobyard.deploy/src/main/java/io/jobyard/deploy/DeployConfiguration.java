// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The jars in {@code deploy/}. */
@ObjectClassDefinition(name = "Jobyard deploy", description = "The jars in deploy/.")
@interface DeployConfiguration {

    @AttributeDefinition(
            name = "deploy.timeout.seconds",
            description =
                    "Seconds that a bundle's start, stop or constructor may take. After this time the host reports the"
                            + " jar with its stack and continues with the other jars, and a stop of the host no longer"
                            + " waits for it.",
            min = "1",
            max = "600")
    int deploy_timeout_seconds() default DeploySettings.TIMEOUT_SECONDS;
}
