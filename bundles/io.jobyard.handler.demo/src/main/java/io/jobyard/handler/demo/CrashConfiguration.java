// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.demo;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the demo's handlers may do. */
@ObjectClassDefinition(name = "Jobyard demo handlers", description = "What the demo's handlers may do.")
@interface CrashConfiguration {

    @AttributeDefinition(name = "allow.crash", description = "Whether a crash job may halt the host's JVM.")
    boolean allow_crash() default false;
}
