// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the secrets directory. */
@ObjectClassDefinition(
        name = "Jobyard secrets",
        description = "Storage of the secrets that payloads reference as ${secret:NAME}.")
@interface SecretsConfiguration {

    @AttributeDefinition(
            name = "directory",
            description = "Directory of the secret files, each with mode 0600 and named after its secret;"
                    + " relative to the instance.")
    String directory() default SecretsSettings.DIRECTORY;
}
