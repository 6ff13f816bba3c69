// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the secrets are that payloads refer to. */
@ObjectClassDefinition(
        name = "Jobyard secrets",
        description = "Where the secrets are that payloads refer to as ${secret:NAME}.")
@interface SecretsConfiguration {

    @AttributeDefinition(
            name = "directory",
            description = "The directory whose files are the secrets, each of mode 0600 and named as it is referred to;"
                    + " relative to the instance.")
    String directory() default SecretsSettings.DIRECTORY;
}
