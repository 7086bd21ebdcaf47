package io.flaremail.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Parses answers, and remembers the buffer they come from: what is still in it after an answer was never asked for, and
 * would be taken for the answer to the next message.
 */
final class ResponseParserFactory implements HttpMessageParserFactory<ClassicHttpResponse> {
    private volatile SessionInputBuffer buffer;

    boolean isEmpty() {
        return buffer == null || buffer.length() == 0;
    }

    @Override
    @Deprecated
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config config) {
        return create();
    }

    @Override
    public HttpMessageParser<ClassicHttpResponse> create() {
        return remembering(new DefaultHttpResponseParserFactory(PooledConnection.HTTP).create());
    }

    private HttpMessageParser<ClassicHttpResponse> remembering(HttpMessageParser<ClassicHttpResponse> parser) {
        return new HttpMessageParser<ClassicHttpResponse>() {
            @Override
            public ClassicHttpResponse parse(SessionInputBuffer from, InputStream in)
                    throws IOException, HttpException {
                buffer = from;
                return parser.parse(from, in);
            }
        };
    }
}
