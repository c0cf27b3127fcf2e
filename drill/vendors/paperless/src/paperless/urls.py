import json

from django.contrib.auth import authenticate
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from documents.models import Document


@csrf_exempt
def token(request):
    """In exchange for a name and a password, as the real one does at the same address."""
    user = authenticate(**json.loads(request.body))
    if user is None:
        return JsonResponse({"non_field_errors": ["Unable to log in with provided credentials."]}, status=400)
    return JsonResponse({"token": "stand-in"})


urlpatterns = [
    path("", lambda request: HttpResponseRedirect("/accounts/login/?next=/")),
    path("accounts/login/", lambda request: HttpResponse("stand-in for Paperless-ngx")),
    path("api/token/", token),
    path("titles/", lambda request: JsonResponse({"titles": list(Document.objects.values_list("title", flat=True))})),
]
