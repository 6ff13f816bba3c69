// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which files jobs may have read. */
@ObjectClassDefinition(
        name = "Jobyard LLM handlers",
        description = "Which files of this machine jobs of the type summarize_documents may have read.")
@interface FolderConfiguration {

    @AttributeDefinition(
            name = "folders",
            description =
                    "Folders, with commas between them, such as /data/reports,/data/minutes: whoever may submit may have the"
                            + " text files in them and below summarized, and so read what they say. None if left out.",
            required = false)
    String folders() default "";
}
