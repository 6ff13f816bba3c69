// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may use which secrets. */
@ObjectClassDefinition(
        name = "Jobyard secrets policy",
        description =
                "Who may use which secrets; a file for each policy: etc/io.jobyard.secrets-NAME.cfg. All keys that"
                        + " are given must match; of several policies one is enough; without any, no job gets a secret. Each key"
                        + " is a list of names with * for any characters and commas between them: llm_*,embed.")
@interface PolicyConfiguration {

    @AttributeDefinition(name = "secrets", description = "The names of the secrets it is for. Required.")
    String secrets();

    @AttributeDefinition(
            name = "types",
            description = "The types of the jobs that may use them; any type if left out.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "bundles",
            description = "The symbolic names of the bundles whose handlers may get them; any bundle if left out.",
            required = false)
    String bundles() default "";

    @AttributeDefinition(
            name = "roles",
            description =
                    "The names of the roles of which the job's submitter has one, by which it may submit; anybody's"
                            + " job may use them if left out.",
            required = false)
    String roles() default "";
}
