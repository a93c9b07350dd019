// java.net.http: java Client.java METHOD URL [BODY]; better javac once, and probe `java -cp . Client`.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

class Client {
    public static void main(String[] words) throws Exception {
        String body = words.length > 2 ? words[2] : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(words[1]))
            .method(words[0], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer probe").header("Cookie", "probe=1");
        if (!body.isEmpty()) request.header("Content-Type", "application/json").header("Content-Language", "en");
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).version(HttpClient.Version.HTTP_1_1).build();
        client.send(request.build(), BodyHandlers.discarding());
    }
}
