// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.folders;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the folders that jobs may read. */
@ObjectClassDefinition(
        name = "Jobyard LLM handlers",
        description = "Files of this machine that jobs of the type summarize_documents may read.")
@interface FolderConfiguration {

    @AttributeDefinition(
            name = "folders",
            description =
                    "Folders, separated by commas, for example /data/reports,/data/minutes. Every user who may submit such jobs can read the"
                            + " text files in them and in their subfolders, through summaries. Default: none.",
            required = false)
    String folders() default "";
}
