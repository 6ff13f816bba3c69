package com.example.wordcount;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

@Component
@HandlesJob("word_count")
public final class WordCount implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        String text = (String) context.payload().getOrDefault("text", "");
        int words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
        return Map.of("words", words);
    }
}
